//! ECPay's protocol: sign, build, parse, verify. Pure, no I/O, knows no sale.
