import { type Measure, type MetricName, metrics } from '../domain/metrics.ts';
import type { Runtime } from './runtime.ts';

/**
 * A line from which CloudWatch Logs extracts a metric
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
const embedded = (
  namespace: string,
  now: Date,
  name: MetricName,
  value: number,
  rest: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => {
  const { unit, dimensions } = metrics[name];
  return {
    ...rest,
    [name]: value,
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        { Namespace: namespace, Dimensions: [[...dimensions]], Metrics: [{ Name: name, Unit: unit }] },
      ],
    },
  };
};

/** Metrics of the deployment, whose namespace is its stack's name; no call to CloudWatch, and no permission. */
export const measureOf = ({ settings, clock, writeLine }: Runtime): Measure => {
  const { metricNamespace } = settings('metricNamespace');
  return (name, value, dimensions, details = {}) =>
    writeLine(JSON.stringify(embedded(metricNamespace, clock(), name, value, { ...details, ...dimensions })));
};
