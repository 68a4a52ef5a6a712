using System.Text;

namespace KohakuRiver.SampleHost;

/// <summary>The start page while authentication is off: there is no panel to be led to then.</summary>
internal static class AuthOffPage
{
    private const string Html = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>Authentication is off</title>
        </head>
        <body>
          <main>
            <h1>Authentication is off</h1>
            <p>Nobody logs in on this host: whoever reaches it acts as an admin. There are no accounts to manage, so there is no panel.</p>
            <p>To have them, set <code>AUTH_ENABLED=true</code> and start the host again.</p>
            <p>Everything else works as it is: <a href="api/nodes">nodes</a>, <a href="api/tasks">tasks</a>,
              <a href="api/openapi.json">all calls</a>.</p>
          </main>
        </body>
        </html>
        """;

    public static void MapAuthOffPage(this WebApplication app) => app.MapGet(
        "/",
        static (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
            return Results.Text(Html, "text/html", Encoding.UTF8);
        }).AllowAnonymous();
}
