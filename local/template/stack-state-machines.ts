import { asProperties, asText } from './properties.ts';
import type { Template } from './template.ts';

/** A state machine of the stack. */
export interface StackStateMachine {
  /** As the project calls it: its physical name without the stack's. */
  readonly name: string;
  readonly arn: string;
  /** The ASL with its substitutions applied: JSON. */
  readonly definition: string;
  readonly roleArn: string;
}

/** Puts the values in place of `${Name}`; one without a value is left for the ASL's reader to refuse. */
const substitute = (definition: string, values: Readonly<Record<string, unknown>>): string =>
  definition.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) =>
    values[name] === undefined ? placeholder : asText(values[name] as string),
  );

/** The stack's state machines, their definitions as CloudFormation would create them. */
export const stackStateMachines = (template: Template, stackName: string): readonly StackStateMachine[] =>
  template.resources('AWS::StepFunctions::StateMachine').map(({ ids, properties }) => ({
    name: asText(ids.attributes['Name']).replace(`${stackName}-`, ''),
    arn: ids.ref,
    definition: substitute(
      asText(properties['DefinitionString']),
      asProperties(properties['DefinitionSubstitutions'] ?? {}),
    ),
    roleArn: asText(properties['RoleArn']),
  }));
