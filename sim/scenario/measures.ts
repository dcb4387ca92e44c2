/**
 * The measures that `expect` may name: paths into summary.json, as a tree. The results' type has the same first parts, and
 * what a run gives the same paths (both tested).
 */
export type MeasureTree = 'number' | 'reasons' | 'any' | { readonly [part: string]: MeasureTree };

/** Stands for the name of any zone of the scenario. */
export const ZONE_PART = '<zone>';

/** And for that of any of its offerings. */
export const OFFERING_PART = '<offering>';

/** `reasons`: why requests were refused or failed, and without a reason all of them. `any`: not built yet, so that nothing is known of it. */
const PEAK_OF_LIMIT = { peak: 'number', limit: 'number' } as const;

export const SUMMARY_MEASURES = {
  simulatedSeconds: 'number',
  events: 'number',
  transactions: 'number',
  vms: {
    ...{ requested: 'number', started: 'number', stopped: 'number', lost: 'number', runningAtEnd: 'number' },
    ...{ refused: 'reasons', failed: 'reasons' },
  },
  accounts: 'number',
  fragmentation: {
    ...{ mean: 'number', end: 'number', p50: 'number', p95: 'number', max: 'number' },
    hostFragmentation: { mean: 'number', end: 'number' },
    ...{ podsPerCustomer: 'number', hostsPerCustomer: 'number', phantomDomains: 'number' },
  },
  fragmentRate: { 16: 'number' },
  packing: { hostsInService: 'number', hostsInUse: 'number', cpuDensity: 'number' },
  overprovision: {
    cpu: { factor: 'number', meanRatio: 'number', peakRatio: 'number' },
    memory: { factor: 'number', meanRatio: 'number', peakRatio: 'number' },
  },
  cpu: {
    ...{ demandCoreSeconds: 'number', shortCoreSeconds: 'number', shortRatio: 'number' },
    ...{ hostTimeShortRatio: 'number', vmTimeShortRatio: 'number' },
    ...{ meanDemandRatio: 'number', meanUseRatio: 'number' },
    ...{ peakDemandRatio: 'number', peakHostDemandRatio: 'number' },
  },
  vlans: {
    [ZONE_PART]: {
      ...{ capacity: 'number', peakInUse: 'number', meanInUse: 'number', refused: 'number', refusedBySwitch: 'number' },
      ...{ podSwitchVlans: PEAK_OF_LIMIT, podSwitchVirtualPorts: PEAK_OF_LIMIT, podSwitchMacEntries: PEAK_OF_LIMIT },
      ...{ zoneSwitchVlans: PEAK_OF_LIMIT, zoneSwitchVirtualPorts: PEAK_OF_LIMIT },
    },
  },
  traffic: {
    ...{ sameHost: 'number', samePod: 'number', crossPod: 'number', crossZone: 'number', public: 'number' },
    ...{ crossPodShare: 'number', trafficCost: 'number', trafficLatencySeconds: 'number' },
    ...{ storage: 'number', management: 'number', transfers: 'number' },
    zoneSwitchPeakUtilization: 'number',
    ...{ hottestLinkPeakUtilization: 'number', linksOverloaded: 'number' },
  },
  storage: { meanIops: 'number', shortRatio: 'number', serversShort: 'number' },
  transfers: {
    ...{ started: 'number', completed: 'number', cancelled: 'number', bytes: 'number' },
    totalSeconds: { p50: 'number', p99: 'number', max: 'number' },
  },
  broadcast: {
    framesPerSecondPerHost: { mean: 'number', max: 'number' },
    ...{ cpuShare: 'number', linkShare: 'number', floodedFramesPerSecondPerHost: 'number' },
    ...{ flatFramesPerSecondPerHost: 'number', flatCpuShare: 'number', flatLinkShare: 'number' },
  },
  migrations: {
    ...{ started: 'number', completed: 'number', rolledBack: 'number', dropped: 'number', lost: 'number' },
    bytes: 'number',
    downtimeSeconds: { p50: 'number', p99: 'number', max: 'number' },
    totalSeconds: { p50: 'number', p99: 'number', max: 'number' },
    rounds: { p50: 'number', p99: 'number', max: 'number' },
    ...{ lostGuestSeconds: 'number', othersDelayed: 'number', othersDelaySeconds: 'number' },
  },
  ...{ failures: 'any', availability: 'any' },
  energy: 'any',
  billing: {
    ...{ decimals: 'number', total: 'number', accounts: 'number' },
    perAccount: { mean: 'number', p50: 'number', max: 'number' },
    hours: { charged: 'number', clock: 'number' },
    byOffering: { [OFFERING_PART]: { starts: 'number', hours: 'number', amount: 'number' } },
    resources: { ...{ starts: 'number', hours: 'number', coreHours: 'number', gibHours: 'number', amount: 'number' } },
    disks: { gibMonths: 'number', amount: 'number' },
    addresses: { hours: 'number', amount: 'number' },
    ...{ gigabytes: 'number', gigabytesAmount: 'number' },
  },
} as const satisfies MeasureTree;
