import { Button, Menu, useMantineColorScheme } from '@mantine/core'
import type { Me } from '@paddock/platform-wire'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changePerson, signOut } from '../api/session.ts'
import { type GainColors, readGainColors, writeGainColors } from '../ui/gain-colors.ts'
import { Icon } from '../ui/Icon.tsx'

const schemes = [
  { value: 'auto', name: 'As the system' },
  { value: 'light', name: 'Light' },
  { value: 'dark', name: 'Dark' },
] as const

const gains: readonly { value: GainColors; name: string }[] = [
  { value: 'green-red', name: 'Green and red' },
  { value: 'blue-orange', name: 'Blue and orange' },
]

/** Who is signed in, how the page looks, and the way out. */
export function SettingsMenu({ me }: { me: Me | null }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [gainColors, setGainColors] = useState(readGainColors)
  const navigate = useNavigate()
  const leave = useSignOut()
  const name = me?.account?.given_name ?? 'Settings'
  return (
    <Menu width={240}>
      <Menu.Target>
        <Button
          variant="default"
          radius="xl"
          leftSection={<Icon name="person" size={16} />}
          aria-label={`Settings for ${me?.user.email ?? 'you'}`}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me !== null && <Menu.Label>{me.user.email}</Menu.Label>}
        <Menu.Item leftSection={<Icon name="bank" size={16} />} onClick={() => navigate({ to: '/banks' })}>
          Banks
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value as (typeof schemes)[number]['value'])}
        >
          {schemes.map(({ value, name: words }) => (
            <Menu.RadioItem key={value} value={value}>
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>Gains and losses</Menu.Label>
        <Menu.RadioGroup
          value={gainColors}
          onChange={(value) => setGainColors(writeGainColors(value as GainColors))}
        >
          {gains.map(({ value, name: words }) => (
            <Menu.RadioItem key={value} value={value}>
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => leave.mutate()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function useSignOut() {
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: signOut,
    async onSettled() {
      sessionStorage.clear()
      await navigate({ to: '/' })
      changePerson(queryClient, null)
    },
  })
}
