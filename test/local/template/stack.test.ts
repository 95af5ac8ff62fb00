import { describe, expect, test } from '@jest/globals';
import type { CloudFormationTemplate } from '../../../infra/cloud-assembly.ts';
import { readStack } from '../../../local/template/stack.ts';

type Resources = CloudFormationTemplate['Resources'];

const api: Resources = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: { Ref: 'Api' },
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 4, ThrottlingRateLimit: 2 },
      RouteSettings: { 'POST /': { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.5 } },
    },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { 'Fn::GetAtt': ['AdmitRequest', 'Arn'] },
    },
  },
  ...Object.fromEntries(
    ['POST /', '$default'].map((routeKey, index) => [
      `Route${index}`,
      {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          RouteKey: routeKey,
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
        },
      },
    ]),
  ),
};

const functions: Resources = {
  AdmitRequest: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'assets', S3Key: 'abc.zip' },
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['AdmitRequestRole', 'Arn'] },
      Timeout: 30,
      MemorySize: 512,
      Environment: { Variables: { SUBNET: { Ref: 'Subnet' }, DESTROY: { Ref: 'DestroyRunner' } } },
    },
  },
  AdmitRequestVersion: {
    Type: 'AWS::Lambda::Version',
    Properties: { FunctionName: { Ref: 'AdmitRequest' } },
  },
  AdmitRequestRole: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] },
      ManagedPolicyArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/Basic']] },
      ],
      Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: ['own'] } }],
    },
  },
  AdmitRequestPolicy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'attached',
      PolicyDocument: { Statement: ['attached'] },
      Roles: [{ Ref: 'AdmitRequestRole' }],
    },
  },
};

const others: Resources = {
  DestroyRunner: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: 'arn:aws:iam::000000000000:role/destroy',
      DefinitionString: `{"Resource":"\${CheckGoneFunctionArn}","Kept":"\${Unbound}"}`,
      DefinitionSubstitutions: { CheckGoneFunctionArn: { Ref: 'AdmitRequestVersion' } },
    },
  },
  Failed: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { source: ['aws.states'], detail: { stateMachineArn: [{ Ref: 'DestroyRunner' }] } },
      Targets: [{ Id: 'a', Arn: { 'Fn::GetAtt': ['AdmitRequest', 'Arn'] } }],
    },
  },
  Sweep: {
    Type: 'AWS::Events::Rule',
    Properties: {
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
      Targets: [
        {
          Id: 'a',
          Arn: { Ref: 'AdmitRequestVersion' },
          Input: '{}',
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
        },
      ],
    },
  },
  Off: { Type: 'AWS::Events::Rule', Properties: { State: 'DISABLED', ScheduleExpression: 'rate(1 day)' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Subnet: {
    Type: 'AWS::EC2::Subnet',
    Properties: { AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } },
  },
};

const read = (change: Resources = {}) =>
  readStack({
    stackName: 'Stint',
    region: 'us-east-2',
    template: { Resources: { ...api, ...functions, ...others, ...change } },
    assets: (objectKey) => `/assets/${objectKey.replace('.zip', '')}/admit-request`,
  });

const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:Stint-AdmitRequest';
const machineArn = 'arn:aws:states:us-east-2:000000000000:stateMachine:Stint-DestroyRunner';

describe('a stack', () => {
  test('has functions with the folder of their bundle and the environment of the template', () => {
    const { functions: listed, subnets } = read();

    expect(listed).toEqual([
      {
        name: 'Stint-AdmitRequest',
        stem: 'admit-request',
        assetDirectory: '/assets/abc/admit-request',
        handler: 'index.handler',
        environment: { SUBNET: subnets[0]?.subnetId, DESTROY: machineArn },
        timeoutSeconds: 30,
        memoryMib: 512,
        roleArn: 'arn:aws:iam::000000000000:role/Stint-AdmitRequestRole',
      },
    ]);
  });

  test('has state machines whose definitions name the functions, and leaves what nothing is bound to', () => {
    expect(read().stateMachines).toEqual([
      {
        name: 'DestroyRunner',
        arn: machineArn,
        definition: `{"Resource":"${functionArn}:1","Kept":"\${Unbound}"}`,
        roleArn: 'arn:aws:iam::000000000000:role/destroy',
      },
    ]);
  });

  test('has routes with the throttle of their own or of the stage', () => {
    expect(read().httpApi.routes).toEqual([
      { routeKey: 'POST /', functionReference: functionArn, throttle: { burst: 1, ratePerSecond: 0.5 } },
      { routeKey: '$default', functionReference: functionArn, throttle: { burst: 4, ratePerSecond: 2 } },
    ]);
  });

  test('has the rules that are enabled, by pattern or by rate', () => {
    expect(read().rules).toMatchObject([
      {
        name: 'Stint-Failed',
        eventPattern: { source: ['aws.states'], detail: { stateMachineArn: [machineArn] } },
        targets: [{ arn: functionArn }],
      },
      {
        name: 'Stint-Sweep',
        everySeconds: 300,
        targets: [{ arn: `${functionArn}:1`, input: '{}', deadLetterArn: expect.stringContaining('Queue') }],
      },
    ]);
  });

  test('has roles with every policy of theirs', () => {
    expect(read().roles).toMatchObject([
      {
        name: 'Stint-AdmitRequestRole',
        policies: [{ Statement: ['own'] }, { Statement: ['attached'] }],
        managedPolicyArns: ['arn:aws:iam::aws:policy/Basic'],
      },
    ]);
  });

  test.each<[string, Resources]>([
    [
      'a schedule that is not simulated',
      { Odd: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 * * * ? *)' } } },
    ],
    [
      'an input transformer',
      { Odd: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: 'a', InputTransformer: {} }] } } },
    ],
    ['a second API', { Odd: { Type: 'AWS::ApiGatewayV2::Api' } }],
    [
      'a route without an integration',
      {
        Odd: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: { RouteKey: 'GET /', Target: 'integrations/none' },
        },
      },
    ],
  ])('says so when it has %s', (_, change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ name: 'TemplateUnresolvable' }));
  });
});
