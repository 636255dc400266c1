//! What every cabinet passes, over the one in memory.

use relay::memory::MemoryCabinet;

#[tokio::test]
async fn a_mailroom_in_memory_holds_its_promises() {
    relay::conformance::holds(MemoryCabinet::default()).await;
}
