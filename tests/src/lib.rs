//! What the stories share: a till on a temporary home, a gateway, a customer.
