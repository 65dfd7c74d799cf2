/** Three fence posts and one rail that rises to the right. Decoration: the name stands beside it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
    >
      <path d="M5 10.5V20M12 7.5V20M19 4V20M2.5 16.5 21.5 9" />
    </svg>
  )
}
