// <snippet:services>
using KohakuRiver.Auth;
using Microsoft.AspNetCore.Identity;
// </snippet:services>
using Microsoft.EntityFrameworkCore;
using Shop.Data;
// <snippet:services>
using Shop.Hubs;
// </snippet:services>

var builder = WebApplication.CreateBuilder(args);

// What the app had.
var database = builder.Configuration.GetConnectionString("DefaultConnection") ?? "Data Source=app.db";
builder.Services.AddDbContext<ApplicationDbContext>(o => o.UseSqlite(database));
builder.Services.AddDatabaseDeveloperPageExceptionFilter();
builder.Services.AddDefaultIdentity<IdentityUser>(o => o.SignIn.RequireConfirmedAccount = true)
    .AddEntityFrameworkStores<ApplicationDbContext>();
builder.Services.AddRazorPages();

// What it gets.
// <snippet:services>
builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
    .UseSqlite("Data Source=cluster.db")
    .AddAspNetCore()
    .AddAdminPanel()
    .AddExternalPrincipals(IdentityConstants.ApplicationScheme, configure: o =>
    {
        o.Title = "Shop";

        // Null without the setting: people get no accounts by themselves.
        o.CreateAs = builder.Configuration.GetValue<Role?>("CreateAs");
    });
builder.Services.AddSignalR().AddKohakuHubFilter();
// </snippet:services>

var app = builder.Build();

// The template has migrations instead.
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ApplicationDbContext>().Database.EnsureCreatedAsync();
}

if (app.Environment.IsDevelopment())
{
    app.UseMigrationsEndPoint();
}

app.UseHttpsRedirection();

// <snippet:pipeline>
app.UseRouting();
app.UseKohakuAuth(); // new
app.UseAuthorization();

app.MapKohakuAuth(); // new, with the two below
app.MapKohakuAdminPanel();
app.MapHub<OrderHub>("/hubs/orders").AllowAnyActor();
// </snippet:pipeline>

app.MapStaticAssets();
app.MapRazorPages().WithStaticAssets();
app.Run();
