using Microsoft.EntityFrameworkCore;
using PartnerPortal.Features.Clients;

namespace PartnerPortal.Data.Sqlite;

public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    /// <summary>Holds all that a filter looks at, in the order of the plain list: what is no word of three letters is looked for in it without reading the lines.</summary>
    public const string ClientListIndex = "IX_ClientRecords_List";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<ClientRecord>(records =>
        {
            records.Metadata.RemoveIndex(records.HasIndex(r => new { r.PartnerId, r.Since, r.Id }).Metadata);
            records.HasIndex(nameof(ClientRecord.PartnerId), nameof(ClientRecord.Since), nameof(ClientRecord.Id), nameof(ClientRecord.Status), nameof(ClientRecord.CameBy), nameof(ClientRecord.SearchText))
                .HasDatabaseName(ClientListIndex);
        });
    }
}
