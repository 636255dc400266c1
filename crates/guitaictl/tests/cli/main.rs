//! The real program, as a shell would run it: in homes that pass, with a bound on every wait.

mod catalogue;
mod command_lines;
mod files;
mod names;
mod printers;
mod profiles;
mod rescue;
mod restart;
mod selling;
mod signing;
mod support;
