"""期限日历: every due date of one's cases by month, and the same as an iCalendar subscription."""
