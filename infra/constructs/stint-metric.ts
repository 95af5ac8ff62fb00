import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Dimensions, MetricName } from '../../functions/domain/metrics.ts';

/** A metric that the functions write, by their own table of names and dimensions. */
export const stintMetric = <Name extends MetricName>(
  namespace: string,
  metricName: Name,
  dimensionsMap: Dimensions<Name>,
  {
    statistic,
    period,
    label,
  }: { readonly statistic: string; readonly period: Duration; readonly label?: string },
): Metric =>
  new Metric({
    namespace,
    metricName,
    dimensionsMap: { ...dimensionsMap },
    statistic,
    period,
    ...(label === undefined ? {} : { label }),
  });
