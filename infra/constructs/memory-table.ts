import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Names } from './names.ts';

/**
 * What the deployment itself decides and has seen. It is encrypted with DynamoDB's own key, as every table is, and paid
 * for by the request. All of it can be made again from EC2, GitHub and Step Functions, so it goes with the stack.
 */
export const memoryTable = (scope: Construct, id: string, { table }: Names): Table =>
  new Table(scope, id, {
    tableName: table,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: 'ttl',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
