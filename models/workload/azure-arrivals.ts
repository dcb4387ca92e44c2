/**
 * How often a customer starts a VM.
 *
 *   r = N / (S * T)
 *
 *   r  VMs a customer and time [1/s]    N  VMs seen    S  subscriptions    T  length of the dataset, 30 days, in seconds
 *
 * Source: totals of Azure's public dataset of 2019 (Azure/AzurePublicDataset, notebook "Azure 2019 Public Dataset V2 - Trace
 * Analysis"): 2,695,548 VMs of 6,687 subscriptions, so 13.4 VMs a day each. 2017: 2,013,767 VMs of 5,958, 11.3 a day.
 * Valid range: means over a region and a month.
 * Ignored: that few subscriptions start most VMs; that some VMs ran before the 30 days began (about 8 %, see
 * azure-lifetimes.ts); bursts and the time of the day, for which see arrival-curves.ts.
 */
const DAY_SECONDS = 86_400;

export const AZURE_VMS_PER_CUSTOMER_AND_SECOND: Readonly<Record<2017 | 2019, number>> = {
  2017: 2_013_767 / (5_958 * 30 * DAY_SECONDS),
  2019: 2_695_548 / (6_687 * 30 * DAY_SECONDS),
};
