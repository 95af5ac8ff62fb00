import { Stack } from 'aws-cdk-lib';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { logQueries as queries } from '../log-queries.ts';
import type { Functions } from './functions.ts';

/** The saved queries, in a folder of the stack's name. A query looks in at most 50 log groups. */
export const addLogQueries = (scope: Construct, id: string, functions: Functions): void => {
  const folder = new Construct(scope, id);
  const stems = functions.all.map(([stem]) => stem);
  for (const { name, functions: asked = stems, lines } of queries)
    new CfnQueryDefinition(folder, name.replaceAll(/[^A-Za-z]/g, ''), {
      name: `${Stack.of(scope).stackName}/${name}`,
      queryString: lines.join('\n| '),
      logGroupNames: asked.map((stem) => functions.of(stem).fn.logGroup.logGroupName),
    });
};
