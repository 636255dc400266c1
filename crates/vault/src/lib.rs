//! Where the shop's ECPay keys are kept: the system's credential store, or a sealed file.
