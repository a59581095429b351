"""What a cohort keeps in private: sign-ups, proposals, who said yes; how it comes in and goes."""
