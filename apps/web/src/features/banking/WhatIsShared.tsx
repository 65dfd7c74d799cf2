import { List } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'

/** What a customer should know before Link opens. */
export function WhatIsShared() {
  return (
    <Panel title="What your bank shares">
      <List size="sm" spacing={6}>
        <List.Item>Account and routing number, so that money can move</List.Item>
        <List.Item>Balances, so that you do not take out more than is there</List.Item>
        <List.Item>Your name and contact as the bank knows them</List.Item>
        <List.Item>Never your password: you type it into Link, and Paddock does not see it</List.Item>
      </List>
    </Panel>
  )
}
