import { ApiGatewayV2Client, GetStageCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { type AwsConnection, clientConfiguration } from '../../functions/adapters/aws/aws-connection.ts';
import { unlessGone } from '../../functions/adapters/aws/aws-errors.ts';
import { stageName } from '../stack.ts';
import type { StageThrottle } from '../stage-throttle.ts';

const nothing = { ThrottlingBurstLimit: 0, ThrottlingRateLimit: 0 };

const absent = ['NotFoundException'];

/**
 * The throttle of the HTTP API's stage. A limit of zero lets no request through: each is answered 429
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html).
 */
export const apiStage = (connection: AwsConnection, apiId: string): StageThrottle => {
  const client = new ApiGatewayV2Client(clientConfiguration(connection));
  const stage = { ApiId: apiId, StageName: stageName };
  const read = () => unlessGone('GetStage', absent, () => client.send(new GetStageCommand(stage)));
  return {
    bursts: async () => {
      const found = await read();
      if (found === undefined) return undefined;
      const settings = [found.DefaultRouteSettings, ...Object.values(found.RouteSettings ?? {})];
      return settings.flatMap((setting) => setting?.ThrottlingBurstLimit ?? []);
    },
    close: async () => {
      const routes = Object.keys((await read())?.RouteSettings ?? {});
      const command = new UpdateStageCommand({
        ...stage,
        DefaultRouteSettings: nothing,
        RouteSettings: Object.fromEntries(routes.map((route) => [route, nothing])),
      });
      await unlessGone('UpdateStage', absent, () => client.send(command));
    },
  };
};
