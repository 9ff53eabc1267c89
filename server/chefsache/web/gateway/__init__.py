"""What every request passes before it reaches Flask, and every answer after it."""
