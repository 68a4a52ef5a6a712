// <snippet:embedding>
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth"))
    .UseSqlite("Data Source=cluster.db").AddAspNetCore().AddAdminPanel();

var app = builder.Build();
app.UseKohakuAuth();
app.MapKohakuAuth();
app.MapKohakuAdminPanel();
app.Run();
// </snippet:embedding>
