#!/bin/bash
# Builds and tests in memory: /tmp is a tmpfs of 32 GB, and the runner and its work live there.
mount -t tmpfs -o size=32G,mode=1777 tmpfs /tmp
echo /tmp/actions-runner > /run/stint-runner-home
