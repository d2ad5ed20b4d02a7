using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.bundle.js")],
  compatibilityDate = "2025-04-01", # from then on, nodejs_compat puts text bindings into process.env too
  compatibilityFlags = ["nodejs_compat"],
  bindings = [
    (name = "HMS_ACCESS_KEY", text = "fake-access-key"),
    (name = "HMS_SECRET", text = "fake-app-secret"),
  ],
);
