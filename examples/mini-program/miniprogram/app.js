// `backend` is your own server, whose domain is on the mini-program's list; it alone knows the service and its key.
App({ globalData: { backend: "https://backend.example" } });
