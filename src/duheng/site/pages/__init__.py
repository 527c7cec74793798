"""What is shown: function views of a screenful, which read by queries and write by actions."""
