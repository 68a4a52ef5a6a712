using KohakuRiver.Auth;
using Workshop;

// Meant not to compile: each line uses a name that both have, and the compiler says which two it found.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/role", () => Role.Admin);
app.MapGet("/page", () => new Page<string>(["one"]));
app.MapGet("/machines", () => "Machines").RequirePermission("machines.view");
