import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { asList } from './properties.ts';
import type { Template } from './template.ts';

/** A DynamoDB table: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
export interface StackTable {
  readonly name: string;
  /** As DynamoDB's own API has them too. */
  readonly attributes: readonly TemplateValue[];
  readonly keys: readonly TemplateValue[];
}

/** The stack's tables. */
export const stackTables = (template: Template): readonly StackTable[] =>
  template.resources('AWS::DynamoDB::Table').map(({ ids, properties }) => ({
    name: ids.ref,
    attributes: asList(properties['AttributeDefinitions']),
    keys: asList(properties['KeySchema']),
  }));
