//! The owner's topic: what is told there becomes a mail or a chat message, as the topic's subscribers are.

use std::future::Future;
use std::pin::Pin;

use relay::Owner;

use crate::aws::Aws;

/// An SNS topic.
#[derive(Clone)]
pub struct Topic {
    aws: Aws,
    arn: String,
}

impl Topic {
    /// The topic with this name.
    #[must_use]
    pub fn new(aws: Aws, arn: String) -> Self {
        Self { aws, arn }
    }

    async fn publish(&self, subject: &str, text: &str) {
        let form = form_urlencoded::Serializer::new(String::new())
            .append_pair("Action", "Publish")
            .append_pair("Version", "2010-03-31")
            .append_pair("TopicArn", &self.arn)
            .append_pair("Subject", subject)
            .append_pair("Message", text)
            .finish();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let endpoint = self.aws.endpoint("sns");
        if let Err(error) = self.aws.post("sns", &endpoint, &headers, form.as_bytes()).await {
            tracing::error!(%error, "the owner was not told");
        }
    }
}

impl Owner for Topic {
    fn tell(&self, subject: String, text: String) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        let this = self.clone();
        Box::pin(async move { this.publish(&subject, &text).await })
    }
}
