using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Testing.Tests.Examples;

// <snippet:factory>
/// <summary>The whole host, as its Program wires it, with the user side in memory.</summary>
public sealed class ClusterFactory : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cluster-tests-");

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("ConnectionStrings:KohakuAuth", Path.Combine(folder.FullName, "cluster.db"))
        .ConfigureTestServices(services => services.AddKohakuAuthTesting());

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }
}
// </snippet:factory>
