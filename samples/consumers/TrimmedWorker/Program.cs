using KohakuRiver.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SqlStore;

// The core in a program without web pages: the first admin is created, logs in, and is asked for a permission.
const string password = "seven grey herons over the weir";
var file = Path.Combine(Directory.CreateTempSubdirectory("trimmed-worker-").FullName, "auth.db");
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).UseStores(_ => new SqlStoreSet(file));

using var host = builder.Build();
await host.StartAsync();

var registrations = host.Services.GetRequiredService<IRegistrationService>();
var code = await registrations.CreateSetupCodeAsync();
var admin = new RegisterCommand { Username = "ada", Password = password, RegisterSecret = code!.Reveal() };
(await registrations.RegisterAsync(admin)).Require();

var login = (await host.Services.GetRequiredService<ILoginService>().LogInAsync("ada", password, new ClientInfo("127.0.0.1"))).Require();
var actor = await host.Services.GetRequiredService<ICredentialService>().FindSessionActorAsync(login.Secret.Reveal(), "127.0.0.1");
Console.WriteLine($"{actor!.Username} may manage users: {AccessRules.Decide(actor, Permissions.ManageUsers).IsAllowed}");

await host.StopAsync();
Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
