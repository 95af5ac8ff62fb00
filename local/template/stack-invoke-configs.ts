import { asNumber, asProperties, asText } from './properties.ts';
import type { Template } from './template.ts';

/** What Lambda does with an event that it was handed: https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export interface StackInvokeConfig {
  /** The function's name. */
  readonly functionName: string;
  /** A version or an alias. */
  readonly qualifier: string;
  readonly retries: number;
  readonly maximumAgeSeconds: number;
  /** The queue for what has failed for the last time. */
  readonly onFailureArn?: string;
}

/** What Lambda does where nothing is said: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
export const defaultInvokeConfig = { retries: 2, maximumAgeSeconds: 21_600 } as const;

/** What the stack says of the functions that services hand events to. */
export const stackInvokeConfigs = (template: Template): readonly StackInvokeConfig[] =>
  template.resources('AWS::Lambda::EventInvokeConfig').map(({ properties }) => {
    const { FunctionName, Qualifier, MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } =
      properties;
    const onFailure = asProperties(asProperties(DestinationConfig ?? {})['OnFailure'] ?? {})['Destination'];
    return {
      functionName: asText(FunctionName).split(':')[6] ?? asText(FunctionName),
      qualifier: asText(Qualifier),
      retries: asNumber(MaximumRetryAttempts ?? defaultInvokeConfig.retries),
      maximumAgeSeconds: asNumber(MaximumEventAgeInSeconds ?? defaultInvokeConfig.maximumAgeSeconds),
      ...(onFailure === undefined ? {} : { onFailureArn: asText(onFailure) }),
    };
  });
