import { describe, expect, test } from '@jest/globals';
import type { CloudFormationTemplate, TemplateValue } from '../../../infra/cloud-assembly.ts';
import { Template } from '../../../local/template/template.ts';

const place = { stackName: 'Stint', region: 'us-east-2', accountId: '000000000000' };

const template: CloudFormationTemplate = {
  Parameters: { Size: { Default: 'small' } },
  Mappings: { Zones: { 'us-east-2': { first: 'us-east-2a' } } },
  Conditions: {
    IsSmall: { 'Fn::Equals': [{ Ref: 'Size' }, 'small'] },
    IsNotSmall: { 'Fn::Not': [{ Condition: 'IsSmall' }] },
  },
  Resources: {
    Queue: { Type: 'AWS::SQS::Queue' },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { StateMachineName: 'provision-runner' },
    },
    Function: { Type: 'AWS::Lambda::Function' },
    Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Function' } } },
    Subnet: {
      Type: 'AWS::EC2::Subnet',
      Properties: { AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] } },
    },
    Never: { Type: 'AWS::SQS::Queue', Condition: 'IsNotSmall' },
    Odd: { Type: 'AWS::Braket::QuantumTask' },
  },
};

const resolve = (value: TemplateValue) => new Template(template, place).resolve(value);

describe('a template', () => {
  test.each<[string, TemplateValue, TemplateValue]>([
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-2'],
    ['a parameter', { Ref: 'Size' }, 'small'],
    [
      'a state machine',
      { Ref: 'Machine' },
      'arn:aws:states:us-east-2:000000000000:stateMachine:provision-runner',
    ],
    ['a version', { Ref: 'Version' }, 'arn:aws:lambda:us-east-2:000000000000:function:Stint-Function:1'],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-2:000000000000:Stint-Queue'],
    ['an attribute in one text', { 'Fn::GetAtt': 'Queue.QueueName' }, 'Stint-Queue'],
    ['a zone', { 'Fn::GetAtt': ['Subnet', 'AvailabilityZone'] }, 'us-east-2b'],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-small'],
    [
      'a substitution',
      { 'Fn::Sub': `\${AWS::Region}/\${Queue.QueueName}/\${!Kept}` },
      `us-east-2/Stint-Queue/\${Kept}`,
    ],
    ['a substitution of its own', { 'Fn::Sub': [`\${What}`, { What: { Ref: 'Size' } }] }, 'small'],
    ['a mapping', { 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'first'] }, 'us-east-2a'],
    ['a choice', { 'Fn::If': ['IsSmall', 'yes', 'no'] }, 'yes'],
    ['a choice by a negation', { 'Fn::If': ['IsNotSmall', 'yes', 'no'] }, 'no'],
    ['no value', { kept: 1, left: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
    ['a list of one value', [{ 'Fn::If': ['IsSmall', { Ref: 'AWS::NoValue' }, 1] }, 2], [2]],
  ])('resolves %s', (_, value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  test('gives a deployment of eight lower-case letters and digits from the stack’s id', () => {
    const uuid = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };

    expect(resolve({ 'Fn::Select': [0, { 'Fn::Split': ['-', uuid] }] })).toMatch(/^[a-z0-9]{8}$/);
  });

  test('lists the resources of a type whose condition holds', () => {
    const queues = new Template(template, place).resources('AWS::SQS::Queue');

    expect(queues.map(({ logicalId }) => logicalId)).toEqual(['Queue']);
  });

  test.each<[string, TemplateValue]>([
    ['a resource that is not there', { Ref: 'Nothing' }],
    ['a resource of a type that is not simulated', { Ref: 'Odd' }],
    ['an attribute that is not simulated', { 'Fn::GetAtt': ['Queue', 'Colour'] }],
    ['an unknown intrinsic function', { 'Fn::Cidr': ['10.0.0.0/16', 1, 1] }],
    ['a condition that is not there', { 'Fn::If': ['IsGreen', 1, 2] }],
  ])('says so when it meets %s', (_, value) => {
    expect(() => resolve(value)).toThrow(expect.objectContaining({ name: 'TemplateUnresolvable' }));
  });
});
