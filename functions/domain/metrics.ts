/** What a metric is in CloudWatch; each set of dimension values is one metric that is paid for. */
interface Metric {
  readonly unit: 'Count' | 'Seconds' | 'None';
  /** The names of its dimensions, each of few values that the code decides; never a life, a label or a caller. */
  readonly dimensions: readonly string[];
  readonly means: string;
}

/** Every metric that the functions write. A test finds one that nobody watches, and a watcher of one that nobody writes. */
export const metrics = {
  SecondsToReady: {
    unit: 'Seconds',
    dimensions: ['Market'],
    means: 'from the request to the runner that is online, one value for each runner',
  },
  ProvisionsUnsuccessful: {
    unit: 'Count',
    dimensions: ['Reason'],
    means: 'provisions that did not end with a runner, by the name of the error',
  },
  RequestsRefused: {
    unit: 'Count',
    dimensions: ['Rule'],
    means: 'requests for runners, or for their end, that were refused, by the rule or the kind of refusal',
  },
  RunnersLive: {
    unit: 'Count',
    dimensions: [],
    means: 'instances that cost money, as each sweep finds them',
  },
  RunnerHours: {
    unit: 'None',
    dimensions: [],
    means:
      'hours that instances have cost, a sweep’s interval of them at each launch and the others at each sweep, which add up to those of a day',
  },
  SourcesSilent: {
    unit: 'Count',
    dimensions: [],
    means:
      'sources, of those that a sweep compares, that did not answer it: EC2, Scheduler, Step Functions, GitHub',
  },
  OrphansFound: {
    unit: 'Count',
    dimensions: [],
    means: 'lives that a sweep had to end because no other layer had; not those whose run is over',
  },
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** The values of a metric's dimensions, by their names. */
export type Dimensions<Name extends MetricName> = Readonly<
  Record<(typeof metrics)[Name]['dimensions'][number], string>
>;

/** Writes one value of a metric, and on the same line whatever of the decision `details` tell. */
export type Measure = <Name extends MetricName>(
  name: Name,
  value: number,
  dimensions: Dimensions<Name>,
  details?: Readonly<Record<string, unknown>>,
) => void;
