"""The facilitator's screens: the whole workshop from one place."""
