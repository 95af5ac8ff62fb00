/** A saved query of CloudWatch Logs Insights, and the functions in whose logs it looks. */
export interface LogQuery {
  readonly name: string;
  /** The functions' files; all of them when it is absent. */
  readonly functions?: readonly string[];
  /** One command a line (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html). */
  readonly lines: readonly string[];
}

/**
 * The usual questions. What a function logs is under `message`, in Lambda's envelope; a line that is a metric is its
 * own envelope. A test runs them over the lines of whole lives, as far as names go.
 */
export const logQueries: readonly LogQuery[] = [
  {
    name: "One life's story",
    lines: [
      'fields @timestamp, coalesce(message.life, life) as runner, coalesce(message.decision, decision) as what',
      "filter runner = 'PUT THE NAME OF THE LIFE HERE'",
      'sort @timestamp asc',
      'display @timestamp, @log, what, message.outcome, message.next, message.because, message.error, message.reason',
    ],
  },
  {
    name: 'Refusals by rule',
    functions: ['request-runners'],
    lines: [
      'filter ispresent(RequestsRefused)',
      'stats sum(RequestsRefused) as refused, latest(label) as lastLabel by Rule',
      'sort refused desc',
    ],
  },
  {
    name: 'Failures by reason',
    functions: ['on-provision-unsuccessful'],
    lines: [
      'filter ispresent(ProvisionsUnsuccessful)',
      'stats sum(ProvisionsUnsuccessful) as provisions, latest(life) as lastLife by Reason',
      'sort provisions desc',
    ],
  },
  {
    name: 'Slow boots',
    functions: ['check-runner'],
    lines: [
      'filter ispresent(SecondsToReady)',
      'sort SecondsToReady desc',
      'display @timestamp, life, SecondsToReady, Market, instanceType, availabilityZone, round, instance',
      'limit 25',
    ],
  },
  {
    name: 'What the sweep ended',
    functions: ['sweep'],
    lines: [
      "filter message.decision = 'orphan'",
      'sort @timestamp desc',
      'display @timestamp, message.life, message.because, message.mode, message.destroy',
    ],
  },
  {
    name: 'Errors of the functions',
    lines: [
      "filter message.decision = 'failed'",
      'stats count(*) as times, latest(message.life) as lastLife, latest(message.reason) as lastReason by @log, message.error',
      'sort times desc',
    ],
  },
];
