// SPDX-License-Identifier: Apache-2.0
// Drives a server with disqueue-node as it is published; arguments: host and port. Prints "ok" at the end.
'use strict'
const assert = require('assert')
const util = require('util')
const Disqueue = require('disqueue-node')

const client = new Disqueue({ host: process.argv[2], port: Number(process.argv[3]) })
const call = (name, argument) => util.promisify(client[name].bind(client))(argument)

client.on('error', fail)
client.on('connected', () => main().then(() => { console.log('ok'); process.exit(0) }, fail))

function fail (error) {
  console.error(error)
  process.exit(1)
}

async function main () {
  const id = await call('addJob', { queue: 'disqueue', job: 'hello world', timeout: 0, retry: 10, ttl: 600 })
  assert.match(id, /^D-[0-9a-f]{8}-[A-Za-z0-9+/]{24}-000b$/)
  assert.strictEqual(await call('qlen', 'disqueue'), 1)
  const [job] = await call('getJob', { queue: ['other', 'disqueue'], count: 5 })
  assert.deepStrictEqual({ ...job }, { queue: 'disqueue', jobId: id, body: 'hello world' })
  assert.strictEqual(await call('working', id), 10)
  assert.strictEqual(await call('nack', id), 1)
  const [again] = await call('getJob', { queue: 'disqueue', count: 1, withcounters: true })
  assert.strictEqual(again.jobId, id)
  assert.strictEqual(again.nacks, 1)
  assert.strictEqual(await call('enqueue', id), 1)
  assert.strictEqual(await call('dequeue', id), 1)
  assert.strictEqual(await call('ackJob', id), 1)
  assert.deepStrictEqual(await call('getJob', { queue: 'disqueue', count: 1, nohang: true }), [])
  await assert.rejects(call('ackJob', 'nonsense'), /BADID/)
  const second = await call('addJob', { queue: 'disqueue', job: '2', timeout: 0, delay: 100 })
  assert.strictEqual(await call('fastAck', [second]), 1)
  const third = await call('addJob', { queue: 'disqueue', job: '3', timeout: 0, maxlen: 5 })
  assert.strictEqual(await call('delJob', third), 1)
  await call('hello', {})
  await call('info', {})
}
