using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>A process without HTTP works on the same stores.</summary>
public sealed class WithoutHttpTests
{
    [Fact]
    public async Task Process_WithoutHttp_MakesAndListsUsers()
    {
        var folder = Directory.CreateTempSubdirectory("no-http-");
        var file = Path.Combine(folder.FullName, "cluster.db");
        try
        {
            // <snippet:generic>
            var builder = Host.CreateApplicationBuilder();
            builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).UseSqlite($"Data Source={file}");
            using var host = builder.Build();

            // Makes the stores ready; a host that is started does it by itself.
            await host.Services.GetRequiredService<KohakuStoreSet>().InitializeAsync(CancellationToken.None);

            var users = host.Services.GetRequiredService<IUserService>();
            var made = await users.CreateAsync(
                Actor.Host, new CreateUserCommand { Username = "robot", Password = "four blue lamps over a lake", Role = Role.User });
            Console.WriteLine(made.IsSuccess ? $"Made {made.Value.User.Username}" : made.Refusal.Message);
            // </snippet:generic>

            Assert.True(made.IsSuccess);
            var second = await users.CreateAsync(
                Actor.Host, new CreateUserCommand { Username = "ROBOT", Password = "four blue lamps over a lake", Role = Role.User });
            Assert.Equal("This username is taken.", second.Refusal!.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
