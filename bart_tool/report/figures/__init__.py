"""Pictures for who would rather look than read: functions from findings to SVG."""
