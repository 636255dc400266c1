//! One open till with everything plugged in: home folder, settings, journal, register, ports, pay page, training gateway.
