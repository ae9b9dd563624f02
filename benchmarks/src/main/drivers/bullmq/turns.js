// SPDX-License-Identifier: Apache-2.0
// BullMQ on Redis; arguments: host and port. Reads and answers the lines that class Turns of benchmarks/peers describes.
import { Queue, Worker } from 'bullmq';
import { createInterface } from 'node:readline';

const NAME = 'bench';
const PARCEL = 1000;
const connection = { host: process.argv[2], port: Number(process.argv[3]) };
const queue = new Queue(NAME, { connection, defaultJobOptions: { removeOnComplete: true, removeOnFail: true } });

const micros = () => Number(process.hrtime.bigint() / 1000n);
const payload = (number) => String(number).padStart(64, '0');
const job = (number) => ({ name: 'job', data: payload(number) });

async function enqueue(first, jobs, parcel) {
  for (let done = 0; done < jobs; done += parcel) {
    const many = Math.min(parcel, jobs - done);
    if (many === 1) {
      await queue.add('job', payload(first + done));
    } else {
      await queue.addBulk(Array.from({ length: many }, (_, i) => job(first + done + i)));
    }
  }
}

async function enqueueAll(jobs, threads, parcel) {
  const mine = Math.floor(jobs / threads);
  const begin = micros();
  await Promise.all(Array.from({ length: threads }, (_, thread) => enqueue(thread * mine, mine, parcel)));
  return `rate ${(jobs / (micros() - begin)) * 1e6}`;
}

async function work(jobs, threads) {
  await enqueue(0, jobs, PARCEL);
  const times = new Uint32Array(jobs);
  let missing = jobs;
  let repeated = 0;
  let ended;
  const all = new Promise((resolve) => { ended = resolve; });
  const begin = micros();
  const worker = new Worker(NAME, async ({ data }) => {
    if (times[Number(data)]++ === 0) {
      missing--;
      if (missing === 0) ended();
    } else {
      repeated++;
    }
  }, { connection, concurrency: threads });
  await all;
  const took = micros() - begin;
  await worker.close();
  return `rate ${(jobs / took) * 1e6} ${missing} ${repeated}`;
}

async function latency(jobs, threads) {
  let started;
  const worker = new Worker(NAME, async ({ data }) => started(micros() - Number(data)), { connection, concurrency: threads });
  await worker.waitUntilReady();
  const all = [];
  for (let i = 0; i < jobs; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const start = new Promise((resolve) => { started = resolve; });
    await queue.add('job', payload(micros()));
    all.push(await start);
  }
  await worker.close();
  all.sort((a, b) => a - b);
  return `latency ${all[Math.floor(jobs / 2)]} ${all[Math.floor(jobs * 0.99)]}`;
}

const deeds = {
  single: (jobs, threads) => enqueueAll(jobs, threads, 1),
  bulk: (jobs, threads) => enqueueAll(jobs, threads, PARCEL),
  work,
  latency,
};

for await (const line of createInterface({ input: process.stdin })) {
  const [deed, jobs, threads] = line.split(' ');
  await queue.obliterate({ force: true });
  console.log(await deeds[deed](Number(jobs), Number(threads)));
}
await queue.close();
