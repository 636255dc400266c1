//! A gateway that behaves like ECPay, and misbehaves on request.
