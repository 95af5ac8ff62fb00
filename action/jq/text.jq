# Text that somebody else wrote, made harmless: for a log that is read for commands, for a terminal, for Markdown.

# Control characters, those that turn the direction of writing, and those that show nothing: .NET, which
# looks for commands, does not see these either.
def is_invisible:
  . < 32 or (. >= 127 and . <= 159) or . == 173 or . == 847 or . == 1564 or (. >= 6155 and . <= 6158)
  or (. >= 8203 and . <= 8207) or (. >= 8232 and . <= 8238) or (. >= 8288 and . <= 8303)
  or (. >= 65024 and . <= 65039) or . == 65279 or (. >= 917504 and . <= 921599);

def without_ansi:
  gsub("\u001b\\[[0-?]*[ -/]*[@-~]"; "") | gsub("\u001b\\][^\u0007\u001b]*\u0007?"; "");

# A line of text; the runner takes `##[command]` for a command wherever it stands in a line.
def line: explode | map(select(is_invisible | not)) | implode | gsub("#\\["; "# [");

# At most 100 lines and 8,000 characters of it: a runner takes a carriage return for the end of a line, too.
def lines:
  tostring | .[0:8000] | without_ansi | gsub("\r\n?"; "\n") | gsub("\t"; "    ")
  | split("\n") | map(line | sub(" +$"; "")) | .[0:100]
  | until(length == 0 or .[-1] != ""; .[0:-1]);

def shortened: if length > 1000 then .[0:999] + "…" else . end;

def one_line: lines | map(select(. != "")) | join(" ") | shortened;

def first_line: lines | map(select(. != "")) | (.[0] // "" | shortened) + (if length > 1 then " …" else "" end);

# A name, a number or a time: what cannot be part of one becomes "?".
def word: tostring | .[0:64] | gsub("[^A-Za-z0-9_.:+-]"; "?");

# Anyone's text as an indented code block of Markdown, which no text can end: each of its lines is indented.
def block: (lines | map("    " + .) | join("\n")) + "\n";
