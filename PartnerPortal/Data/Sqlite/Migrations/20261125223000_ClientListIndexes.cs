using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClientListIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ClientRecords_PartnerId_Since_Id",
                table: "ClientRecords");

            migrationBuilder.CreateTable(
                name: "ClientTagTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientTagTallies", x => new { x.PartnerId, x.Name, x.Slot });
                });

            migrationBuilder.CreateTable(
                name: "ClientTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientTallies", x => new { x.PartnerId, x.Status, x.Slot });
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClientTags_Name_RecordId",
                table: "ClientTags",
                columns: new[] { "Name", "RecordId" });

            migrationBuilder.CreateIndex(
                name: "IX_ClientRecords_List",
                table: "ClientRecords",
                columns: new[] { "PartnerId", "Since", "Id", "Status", "CameBy", "SearchText" });

            ClientListTriggers.OnSqlite(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var trigger in new[] { "SearchInsert", "SearchDelete", "SearchUpdate", "TallyInsert", "TallyUpdate", "TagsFirst", "TallyDelete" })
            {
                migrationBuilder.Sql($"DROP TRIGGER \"TR_ClientRecords_{trigger}\";");
            }

            migrationBuilder.Sql("DROP TRIGGER \"TR_ClientTags_TallyInsert\"; DROP TRIGGER \"TR_ClientTags_TallyDelete\"; DROP TABLE \"ClientSearch\";");

            migrationBuilder.DropTable(
                name: "ClientTagTallies");

            migrationBuilder.DropTable(
                name: "ClientTallies");

            migrationBuilder.DropIndex(
                name: "IX_ClientTags_Name_RecordId",
                table: "ClientTags");

            migrationBuilder.DropIndex(
                name: "IX_ClientRecords_List",
                table: "ClientRecords");

            migrationBuilder.CreateIndex(
                name: "IX_ClientRecords_PartnerId_Since_Id",
                table: "ClientRecords",
                columns: new[] { "PartnerId", "Since", "Id" });
        }
    }
}
