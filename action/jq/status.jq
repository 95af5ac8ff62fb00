# What GET /runners/{label} says, for people. Everything here but `asked` and `destroyed` takes an array of runners.
include "text";

# The runners of the `$architectures`. While the status `$lags` behind the create it can still show earlier
# lives of the label, so only the `$names` that the create answered with count.
def asked($architectures; $names; $lags):
  [ .runners[] | select(type == "object")
    | select(.architecture as $it | $architectures | index([$it]))
    | select(($lags | not) or (.name as $it | $names | index([$it]))) ];

def padded($width): . + " " * ($width - length);

# When a runner ends, whatever its job does then. An older endpoint does not say it to a create.
def until: (.deadline | values | word | sub("\\.[0-9]+Z$"; "Z")) // "";

def deadlines:
  .[] | select(until != "") | "\(.architecture | word | padded(6))  ends at \(until) at the latest, with the job that it runs then.";

# What a destroy answered.
def destroyed:
  if .runners == [] then "There is nothing to give back."
  else .runners[] | "\(.name | word)  \(.status | word)"
  end;

def clock: "\(. / 60 | floor):\(. % 60 | tostring | if length < 2 then "0" + . else . end)";

def machine: [.market, .instance_type, .availability_zone, .instance_id] | map(values | word) | join(" ");

# What a person wants to be told of when it changes.
def view: { architecture, status, reason, machine: machine };

# A line for each runner that is not as it was before, and its reason below it when that is another one.
def changes($before; $elapsed):
  .[] | view as $now | ($before | map(select(.architecture == $now.architecture) | view) | last) as $was
  | select($now != $was) | $now + { usual: .usually_ready_seconds }
  | ("\($elapsed | clock)  \(.architecture | word | padded(6))  \(.status | word | padded(10))  \(.machine)" | sub(" +$"; "")),
    (.reason | select(. != null and . != $was.reason) | lines[] | "      | " + .),
    (.usual | select($was == null and type == "number") | "      | Usually it is ready \(clock) after the request.");

def is_over: .status == "failed" or .status == "destroying" or .status == "destroyed";

# `ready`; `over` when one of them will never be; else `waiting`.
def verdict($architectures):
  if any(.[]; is_over) then "over"
  elif ($architectures - map(select(.status == "ready") | .architecture)) == [] then "ready"
  else "waiting"
  end;

def progress: if . == [] then "nothing is known of them" else map("\(.architecture | word) is \(.status | word)") | join(", ") end;

# A reason in a line. The advice at the end of a long one (what_to_do) is not lost.
def in_a_line: (.reason // "no reason was given") as $it
  | ($it | first_line) + (if ($it | lines | length) > 1 then (.what_to_do | values | " " + first_line) // "" else "" end);

# Why there is no runner.
def causes:
  map(select(is_over)
    | if .status == "failed" then "\(.architecture | word) failed: \(in_a_line)"
      else "\(.architecture | word) was ended before this run could use it: \(in_a_line)"
      end)
  | join(" ");

# Markdown: a table of the runners, and the whole of each reason that has more than the line in `causes`.
def report:
  if . == [] then empty
  else
    "| architecture | status | machine | gone by |", "| --- | --- | --- | --- |",
    (.[] | "| \(.architecture | word) | \(.status | word) | \(machine) | \(until) |"),
    "",
    (.[] | select((.reason | values | lines | length) > 1)
      | "\(.architecture | word) \(.status | word):\n", (.reason | block))
  end;
