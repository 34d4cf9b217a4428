using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;

namespace PartnerPortal.Data.Postgres;

public sealed class PostgresPortalDbContext(DbContextOptions<PostgresPortalDbContext> options) : PortalDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Any part of a word is found by its groups of three letters.
        builder.HasPostgresExtension("pg_trgm");
        builder.Entity<ClientRecord>().HasIndex(r => r.SearchText).HasMethod("gin").HasOperators("gin_trgm_ops");
    }
}
