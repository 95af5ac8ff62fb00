import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** The key under which JIT configs cross the state machine. Nothing that it sealed is of use after an hour. */
export const sealKey = (scope: Construct, id: string): Key =>
  new Key(scope, id, {
    description: 'Seals the runner configurations of Stint on their way through its state machine',
    enableKeyRotation: true,
    pendingWindow: Duration.days(7),
    removalPolicy: RemovalPolicy.DESTROY,
  });
