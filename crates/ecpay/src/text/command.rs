//! Names of commands that the gateway's filter blocks (its code is 10400011).
//!
//! ECPay names ten and says there are about forty; the rest here are their usual companions. How the filter compares
//! is not known. A name missed costs a sale, a name too many only the item list on ECPay's page, so the long words
//! count anywhere, inside others too (`executive`). The short ones would be in every other product (`nc` in `once`),
//! so they count as whole words only. Ordinary words that nobody has seen blocked (`cat`, `java`, `select`) are left
//! out: cat food keeps its name.

/// Found anywhere. The first ten are the ones that ECPay names.
const ANYWHERE: [&str; 38] = [
    "echo",
    "python",
    "wget",
    "curl",
    "bash",
    "powershell",
    "exec",
    "eval",
    "system",
    "cmd.exe",
    "javascript",
    "vbscript",
    "onerror=",
    "onload=",
    "nslookup",
    "netcat",
    "netstat",
    "ifconfig",
    "ipconfig",
    "whoami",
    "chmod",
    "chown",
    "passwd",
    "passthru",
    "popen",
    "proc_open",
    "phpinfo",
    "fopen",
    "file_get_contents",
    "base64_decode",
    "xp_cmdshell",
    "union select",
    "insert into",
    "drop table",
    "delete from",
    "waitfor delay",
    "sleep(",
    "benchmark(",
];

/// Found as whole words.
const WORDS: [&str; 14] =
    ["cmd", "perl", "php", "sudo", "ssh", "scp", "tftp", "telnet", "zsh", "ksh", "csh", "sh", "nc", "ncat"];

pub(super) fn is_in(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    ANYWHERE.iter().any(|name| lower.contains(name)) || words.any(|word| WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn command_names_are_found() {
        for text in
            ["echo", "Python 入門", "CURL 捲髮棒", "音響 System", "cmd", "茶cmd茶", "executive", "/bin/sh", "nc -l"]
        {
            assert!(is_in(text), "{text:?}");
        }
    }

    #[test]
    fn ordinary_names_are_left_alone() {
        for text in ["Cat food", "once more", "Shampoo", "Java 咖啡", "fresh", "PHP100", "Select 精選", "cmdx", ""]
        {
            assert!(!is_in(text), "{text:?}");
        }
    }
}
