//! Help, and command lines that cannot be.

use crate::support::run;

const COMMANDS: [&[&str]; 16] = [
    &[],
    &["sign"],
    &["simulate"],
    &["sell"],
    &["demo"],
    &["catalogue"],
    &["catalogue", "import"],
    &["catalogue", "sample"],
    &["report"],
    &["report", "x"],
    &["verify"],
    &["receipt"],
    &["tasks"],
    &["resolve"],
    &["release"],
    &["keys"],
];

#[test]
fn every_command_explains_itself() {
    for command in COMMANDS {
        let said = run(&[command, &["--help"]].concat()).good();
        let name = command.last().copied().unwrap_or("guitaictl");
        assert!(said.out.contains("Usage:") && said.out.contains(name), "{command:?}: {}", said.out);
        let first = said.out.lines().next().unwrap_or_default();
        assert!(first.len() > 10 && !first.starts_with("Usage"), "{command:?} says what it does: {first}");
    }
    for command in ["set", "forget"] {
        let said = run(&["keys", command, "--help"]).good();
        assert!(said.out.contains("standard input"), "keys never come on the command line: {}", said.out);
        assert!(!said.out.contains("--key") && !said.out.contains("--passphrase "), "{}", said.out);
    }
}

#[test]
fn a_command_line_that_cannot_be_is_one_line_and_the_exit_says_so() {
    for (args, words) in [
        (&["dance"][..], "dance"),
        (&["sell"], "--home"),
        (&["sell", "--home", "x", "--item", "1", "--pay", "cheque"], "ecpay:METHOD"),
        (&["sell", "--home", "x", "--item", "1", "--pay", "cash:1", "--wait", "18446744073709551615"], "--wait"),
        (&["verify", "--home", "x", "--profile", "toy"], "it is training, stage or production"),
        (&["simulate", "--port", "65536"], "65536"),
    ] {
        let said = run(args);
        assert!(said.refusal().contains(words), "{said:?}");
        assert_eq!(said.code, Some(2));
    }
}
