// SPDX-License-Identifier: Apache-2.0
// Drives a server with thunk-disque as it is published; arguments: host and port. Prints "ok" at the end.
'use strict'
const assert = require('assert')
const disque = require('thunk-disque')

const client = disque.createClient(Number(process.argv[3]), process.argv[2], { usePromise: true })
client.on('error', fail)
main().then(() => { console.log('ok'); process.exit(0) }, fail)

function fail (error) {
  console.error(error)
  process.exit(1)
}

async function main () {
  assert.strictEqual(await client.ping(), 'PONG')
  assert.strictEqual((await client.hello()).length, 3)
  const id = await client.addjob('thunk', 'Hello', 0, 'RETRY', 7, 'TTL', 3600)
  const shown = await client.show(id)
  assert.strictEqual(shown.queue, 'thunk')
  assert.strictEqual(shown.state, 'queued')
  assert.strictEqual(shown.retry, 7)
  assert.strictEqual(shown.body, 'Hello')
  assert.strictEqual(await client.qlen('thunk'), 1)
  assert.strictEqual((await client.qpeek('thunk', 1))[0][1], id)
  const taken = await client.getjob('TIMEOUT', 100, 'COUNT', 3, 'WITHCOUNTERS', 'FROM', 'thunk')
  assert.deepStrictEqual(taken[0].slice(0, 3), ['thunk', id, 'Hello'])
  assert.strictEqual(await client.enqueue(id), 1)
  assert.strictEqual(await client.dequeue(id), 1)
  assert.strictEqual(await client.fastack(id), 1)
  assert.strictEqual(await client.show(id), null)
  await assert.rejects(client.ackjob('nonsense'), error => error.code === 'BADID')
  // A consumer blocks on a connection of its own and is woken.
  const other = disque.createClient(Number(process.argv[3]), process.argv[2], { usePromise: true })
  const waiting = other.getjob('FROM', 'wake')
  const late = await client.addjob('wake', 'up', 0)
  assert.strictEqual((await waiting)[0][1], late)
  assert.strictEqual(await client.ackjob(late), 1)
  await other.clientEnd()
  await client.clientEnd()
}
