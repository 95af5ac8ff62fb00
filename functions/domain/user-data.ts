import type { Architecture } from './architecture.ts';
import { InputInvalid } from './errors.ts';
import type { RunnerDownload } from './ports.ts';

export interface UserDataInput {
  /** GitHub's single-use runner configuration. A secret until the runner has used it. */
  readonly jitConfig: string;
  /** When the machine must be off. */
  readonly deadline: Date;
  readonly runnerName: string;
  readonly label: string;
  readonly architecture: Architecture;
  readonly download: RunnerDownload;
  /** The deployment's own: bash, run as root before the runner starts. */
  readonly bootScript?: string;
}

/** EC2 takes at most 16 KB, before it is encoded (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html). */
const maximumBytes = 16_384;

const forms = {
  jitConfig: /^[A-Za-z0-9+/=_-]+$/,
  name: /^[A-Za-z0-9_-]+$/,
  url: /^https:\/\/[A-Za-z0-9._~/-]+$/,
  filename: /^[A-Za-z0-9._-]+$/,
  sha256: /^[0-9a-f]{64}$/,
} as const;

/** A value that goes between single quotes in a shell script, and so may hold nothing but harmless letters. */
const quoted = (what: string, value: string, form: RegExp): string => {
  if (!form.test(value)) throw new InputInvalid(`${what} has characters that it cannot have`);
  return `'${value}'`;
};

const epochSeconds = (date: Date): number => {
  const seconds = Math.floor(date.getTime() / 1_000);
  if (!Number.isInteger(seconds)) throw new InputInvalid('deadline is not a time');
  return seconds;
};

const settings = (input: UserDataInput): string => {
  const { jitConfig, deadline, runnerName, label, architecture, download, bootScript = '' } = input;
  return [
    `JIT_CONFIG=${quoted('The JIT config', jitConfig, forms.jitConfig)}`,
    `DEADLINE_EPOCH=${epochSeconds(deadline)}`,
    `DEADLINE='${deadline.toISOString()}'`,
    `RUNNER_NAME=${quoted('The runner name', runnerName, forms.name)}`,
    `RUNNER_LABEL=${quoted('The label', label, forms.name)}`,
    `ARCHITECTURE=${quoted('The architecture', architecture, forms.name)}`,
    `DOWNLOAD_URL=${quoted('The download URL', download.url, forms.url)}`,
    `DOWNLOAD_FILE=${quoted('The file name', download.filename, forms.filename)}`,
    `DOWNLOAD_SHA256=${quoted('The checksum', download.sha256, forms.sha256)}`,
    `BOOT_SCRIPT_BASE64='${Buffer.from(bootScript, 'utf8').toString('base64')}'`,
  ].join('\n');
};

/**
 * The part of the script that is the same for every machine. It never traces itself and never prints a
 * setting: what it writes goes to the console, which GetConsoleOutput shows.
 */
const program = String.raw`
say() { echo "stint: $*"; }

# The machine's own end comes first: whatever fails below, it is off at its deadline. Terminate-on-shutdown
# makes that the instance's end.
arm_shutdown() {
  local minutes=$(( (DEADLINE_EPOCH - $(date +%s)) / 60 ))
  if [ "$minutes" -lt 1 ]; then
    say "the deadline has passed"
    exit 1
  fi
  shutdown -P "+$minutes"
}

# Nothing below this line can leave the machine running: an exit from wherever powers it off.
power_off() {
  say "powering off"
  sync
  shutdown -P now || poweroff -f
}
trap power_off EXIT

die() {
  say "$*"
  exit 1
}

make_user() {
  id runner >/dev/null 2>&1 || useradd --create-home --shell /bin/bash runner
  echo 'runner ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-stint-runner
  chmod 0440 /etc/sudoers.d/90-stint-runner
}

# The deployment's own script. It may set RUNNER_HOME, where the runner is then installed and run.
run_boot_script() {
  [ -n "$BOOT_SCRIPT_BASE64" ] || return 0
  say "running the boot script"
  local script=/run/stint-boot-script
  echo "$BOOT_SCRIPT_BASE64" | base64 -d > "$script"
  chmod 0700 "$script"
  timeout 300 bash -e "$script" || die "the boot script failed"
  if [ -r /run/stint-runner-home ]; then RUNNER_HOME=$(cat /run/stint-runner-home); fi
}

install_runner() {
  mkdir -p "$RUNNER_HOME"
  cd "$RUNNER_HOME" || die "there is no $RUNNER_HOME"
  say "downloading $DOWNLOAD_FILE"
  curl --fail --silent --show-error --location --connect-timeout 10 --max-time 180 \
    --retry 3 --retry-all-errors --retry-max-time 240 --output "$DOWNLOAD_FILE" "$DOWNLOAD_URL" \
    || die "the download failed"
  echo "$DOWNLOAD_SHA256  $DOWNLOAD_FILE" | sha256sum --check --status \
    || die "the checksum of $DOWNLOAD_FILE does not match"
  tar -xzf "$DOWNLOAD_FILE" || die "the archive cannot be unpacked"
  rm -f "$DOWNLOAD_FILE"
}

# A JIT configuration skips config.sh, and with it the check for these.
install_dependencies() {
  if ldconfig -p | grep -q 'libicuuc\.so'; then return 0; fi
  say "installing the runner's dependencies"
  DEBIAN_FRONTEND=noninteractive timeout 240 ./bin/installdependencies.sh >/dev/null 2>&1 \
    || die "the runner's dependencies cannot be installed"
}

# IMDSv2 (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html). Its absence
# only makes the job's log poorer.
metadata() {
  local at=http://169.254.169.254/latest token
  token=$(curl --silent --fail --max-time 2 --request PUT \
    --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$at/api/token") || { echo unknown; return 0; }
  curl --silent --fail --max-time 2 --header "X-aws-ec2-metadata-token: $token" "$at/meta-data/$1" || echo unknown
}

# What the job's log shows under "Set up job".
describe_machine() {
  cat > .setup_info <<JSON
[{"group":"Stint","detail":"Runner: $RUNNER_NAME\nInstance: $(metadata instance-id), $(metadata instance-type), $ARCHITECTURE, $(metadata instance-life-cycle)\nZone: $(metadata placement/availability-zone)\nImage: $(metadata ami-id)\nThe machine is gone at $DEADLINE."}]
JSON
}

# The configuration goes to the runner in its environment, not in its arguments, which any process could list.
# run.sh exits with 0 whatever happened, so its status tells nothing.
run_runner() {
  chown -R runner:runner "$RUNNER_HOME"
  say "starting the runner"
  ACTIONS_RUNNER_INPUT_JITCONFIG="$JIT_CONFIG" RUNNER_HOME="$RUNNER_HOME" \
    setpriv --reuid=runner --regid=runner --init-groups \
    env HOME=/home/runner USER=runner LOGNAME=runner bash -c 'cd "$RUNNER_HOME" && ./run.sh' || true
  say "the runner has exited"
}

RUNNER_HOME=/opt/actions-runner
arm_shutdown
say "$RUNNER_NAME for $RUNNER_LABEL, until $DEADLINE"
make_user
run_boot_script
install_runner
install_dependencies
describe_machine
run_runner
`;

/**
 * The script that makes an instance a runner: bash, run by cloud-init as root. The same input gives the same
 * bytes. Throws InputInvalid when a value could be more than a word to the shell, or the whole is longer than
 * EC2 takes.
 */
export const userData = (input: UserDataInput): string => {
  const script = `#!/bin/bash\n${settings(input)}\n${program}`;
  if (Buffer.byteLength(script) > maximumBytes)
    throw new InputInvalid(`The user data has more than ${maximumBytes} bytes: shorten the boot script.`);
  return script;
};
