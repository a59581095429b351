"""What commands share: how they print, ask and write."""
