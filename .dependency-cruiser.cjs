/** Imports flow one way: see the house in docs/decisions. A rule says who may not know whom, and why. */
const nothingFrom = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    nothingFrom(
      'domain-is-pure',
      '^services/domain/',
      ['^(?!services/domain/|node_modules/luxon|node_modules/@types/luxon)', '^node:'],
      'The domain is pure: no I/O, and no other part of the house.',
    ),
    nothingFrom(
      'season-analytics-has-no-io',
      '^services/season-analytics/',
      ['^services/(?!season-analytics/|domain/)', '^node:'],
      'It reckons with what it is given: files and Prometheus are brought by whoever asks.',
    ),
    nothingFrom(
      'sla-report-has-no-files',
      '^services/sla-report/',
      [
        '^services/(?!sla-report/|domain/|service-kit/src/(promql|prometheus-client))',
        '^(node:)?(fs|net|http|https|child_process)',
      ],
      'It reckons, writes and signs in memory: who asks brings keys and keeps folders.',
    ),
    nothingFrom(
      'sla-report-core-has-no-adapters',
      '^services/sla-report/src/(output|ports|reckoning|signing)/|^services/sla-report/src/(measure|report)\\.ts$',
      '^services/sla-report/src/adapters/',
      'measure → ports ← adapters.',
    ),
    nothingFrom(
      'engine-core-has-no-io',
      '^services/cache-engine/src/(engine|ports)/',
      [
        '^services/cache-engine/src/(http|adapters)/',
        'node_modules/(ioredis|fastify|@fastify|undici|pino)',
        '^(node:)?(fs|net|http|https|tls)',
      ],
      'http → engine → ports ← adapters.',
    ),
    nothingFrom(
      'adapters-know-only-ports',
      '^services/cache-engine/src/adapters/',
      '^services/cache-engine/src/http/',
      'An adapter serves a port; who calls it is not its business.',
    ),
    nothingFrom(
      'services-stand-alone',
      '^services/',
      '^(components|local|scripts|policy-pack|test|index\\.ts|config)',
      'A service does not know who deploys it.',
    ),
    nothingFrom(
      'service-kit-knows-no-service',
      '^services/service-kit/',
      '^services/(?!service-kit/)',
      'It is what services have in common.',
    ),
    {
      name: 'services-share-contracts',
      severity: 'error',
      comment:
        'A service knows of another what that one promises: its contract, what travels between them, or its client.',
      from: { path: '^services/(cache-engine|region-operator|console)/' },
      to: {
        path: '^services/(cache-engine|region-operator|console)/',
        pathNot: ['^services/$1/', '^services/[^/]+/src/(contract|wire)\\.ts$'],
      },
    },
    nothingFrom(
      'operator-core-has-no-adapters',
      '^services/region-operator/src/(http|live|ports|sign-in)/',
      '^services/region-operator/src/adapters/',
      'http → live → ports ← adapters.',
    ),
    nothingFrom(
      'program-is-not-local',
      '^(components/|config|index\\.ts)',
      '^(local|scripts|policy-pack|test)/',
      'The program does not know whether a cloud or one machine runs it.',
    ),
    nothingFrom(
      'plans-make-no-resource',
      '^components/.*/(plan|capacity|flows|sizing|topology|acl|profiles|network-policies)\\.ts$',
      '^node_modules/@pulumi/(?!kubernetes/types|pulumi/output)',
      'A plan is data; the component beside it makes the resources.',
    ),
    nothingFrom(
      'policies-stand-alone',
      '^policy-pack/',
      '^(components|local|scripts|test|index\\.ts|config)',
      'A rule judges what it sees.',
    ),
    nothingFrom(
      'local-is-adapters',
      '^local/',
      '^(components|scripts|test|index\\.ts|config)',
      'One machine runs the graph; it does not know the program.',
    ),
    nothingFrom(
      'engine-and-pods-apart',
      '^local/engine/',
      '^local/(pods|region)/',
      'The engine yields a graph, whoever runs it.',
    ),
    nothingFrom(
      'pods-and-engine-apart',
      '^local/(pods|certificates)/',
      '^local/(engine|region)/',
      'Pods come from manifests, whoever wrote them.',
    ),
    nothingFrom('tests-are-last', '^(?!test/)', '^test/', 'Nothing builds on a test.'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.wedsync|coverage)/|^test/.*/fixtures/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
