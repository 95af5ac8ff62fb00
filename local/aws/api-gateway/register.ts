import type { CloudBase } from '../../cloud-base.ts';
import type { PermittedInvocations } from '../iam/permitted-invocations.ts';
import { Gateway } from './gateway.ts';
import { apiGatewayService } from './protocol.ts';

/** API Gateway with the template's HTTP API. */
export const registerApiGateway = (cloud: CloudBase, invocations: PermittedInvocations): Gateway => {
  const gateway = new Gateway(cloud.stack.httpApi, {
    invoke: (reference, event, routeKey) => invocations.byRoute(routeKey, reference, event),
  });
  cloud.serve(apiGatewayService(gateway));
  cloud.stackRemoval.add(() => gateway.remove());
  return gateway;
};
