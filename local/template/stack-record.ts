import { asText } from './properties.ts';
import type { Template } from './template.ts';

export interface StackRecordResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** The template tells CloudFormation to leave it when the stack is removed. */
  readonly isRetained: boolean;
}

/** The stack as CloudFormation keeps it. */
export interface StackRecord {
  readonly stackId: string;
  readonly stackName: string;
  readonly description: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly StackRecordResource[];
}

/** Reads what CloudFormation would keep of a template. */
export const stackRecord = (template: Template): StackRecord => ({
  stackId: asText(template.resolve({ Ref: 'AWS::StackId' })),
  stackName: asText(template.resolve({ Ref: 'AWS::StackName' })),
  description: template.description,
  outputs: template.outputs(),
  resources: template.everyResource().map(({ logicalId, type, physicalId, deletionPolicy }) => ({
    logicalId,
    type,
    physicalId,
    isRetained: deletionPolicy === 'Retain',
  })),
});
