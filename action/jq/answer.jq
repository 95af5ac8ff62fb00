# What an answer of the endpoint says.
include "text";

def without_full_stop: sub("\\.+$"; "");

# The problem document's `detail`, API Gateway's own `message`, or the beginning of whatever else it is; without
# a full stop.
def problem:
  . as $text | (try fromjson catch null) as $json
  | if ($json | type) == "object" and ($json.detail | type) == "string" then $json.detail | one_line | without_full_stop
    elif ($json | type) == "object" and ($json.message | type) == "string" then $json.message | one_line | without_full_stop
    elif ($text | one_line) == "" then "nothing"
    else "what is not Stint's, beginning with: " + ($text | one_line | .[0:200])
    end;

# Whether the documents of an answer are one, which lists runners.
def is_listing: length == 1 and (.[0] | type == "object" and (.runners | type == "array" and all(.[]; type == "object")));

# Whether a refusal is by a rule that looks at GitHub's view of the run, which lags behind the run itself.
def is_lag: (try fromjson catch null) as $json
  | ($json | type) == "object" and ($json.rule as $rule | ["run-unknown", "run-attempt", "run-active"] | index([$rule]) != null);

# Whether a refusal came after some of the runners had been started: its problem document lists them.
def has_runners: (try fromjson catch null) as $json | ($json | type) == "object" and ($json.runners | type == "array" and length > 0);

# Retry-After is seconds or a date (RFC 9110, 10.2.3). From 1 to 120, or nothing.
def retry_after_seconds($now):
  split("\n")
  | map(rtrimstr("\r") | capture("^retry-after:\\s*(?<value>.*?)\\s*$"; "i").value) | last // empty
  | if test("^[0-9]{1,9}$") then tonumber
    else (try (strptime("%a, %d %b %Y %H:%M:%S GMT") | mktime | . - $now) catch empty)
    end
  | [[ceil, 1] | max, 120] | min;
